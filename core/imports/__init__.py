"""Files as they really arrive, made into checked facts. Writes nothing."""
