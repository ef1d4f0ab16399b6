"""Notices that come by themselves: folders and addresses that are looked at again and again, politely."""
