"""What every room stands on: exits and troubles, clean text, bounded TOML reading, where files live."""
