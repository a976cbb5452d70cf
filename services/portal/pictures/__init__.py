"""Pictures of pages, and pages out of pictures: files of strangers are opened apart."""
