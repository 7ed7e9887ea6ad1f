"""What the catalog knows of: claims, edges, schemas, runs. Frozen values, no IO."""
