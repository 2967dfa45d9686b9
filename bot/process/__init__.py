"""What any process of ours needs: settings, logs, numbers, a lock, a local port."""
