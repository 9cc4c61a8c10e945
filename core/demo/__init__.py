"""An invented regency: people and their files in the layouts that really arrive. All invented."""
