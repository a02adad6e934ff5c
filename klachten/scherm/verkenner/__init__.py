"""The Verkenner on the screen: choosing a question, its answer, saved questions, and the SQL desk."""
