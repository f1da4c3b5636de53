"""The sample library a newcomer starts with: our own letters about invented places."""
