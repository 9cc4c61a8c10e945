"""The Streamlit code shared by the pages: sign-in, navigation, language, cached data, widgets."""
