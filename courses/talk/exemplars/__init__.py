"""Good examples of what units do, written up, reviewed and listed, so that other units copy them."""
