"""Text recognition in pictures (extra ``budgetlod[ocr]``): scanned pages and picture files become marks on a page."""
