"""What Guichet runs on: its servers, its stand-ins for the world, its launcher."""
