"""What people see: pure exhibits and exports, and the Streamlit interface around them."""
