"""What people declare: drafted, put before HR, and returned, approved, disputed or withdrawn."""
