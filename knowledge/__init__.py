"""What is known, found, judged and cited; depends on nothing but itself."""
