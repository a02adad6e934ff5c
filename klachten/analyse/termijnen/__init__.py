"""The terms: status, rates, who waited how long, who was late. Steps 5, 7, 11."""
