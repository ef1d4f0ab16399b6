"""What is checked while a contract runs: its checks, visits, shortcomings and the penalty procedure."""
