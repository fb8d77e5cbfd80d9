"""The release's sources in the shapes that block explorers and verification services take."""
