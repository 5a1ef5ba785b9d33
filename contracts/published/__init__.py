"""What leaves the house, by contract: versions served side by side, each made from the domain's own classes."""
