"""What bank statements show: matched with promises and items, or asked of finance."""
