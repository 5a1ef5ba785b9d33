"""What others would use in the resolver's place, each with a threshold certified to the same bound."""

from benchmarks.resolution.peers.run import PEERS, peers

__all__ = ["PEERS", "peers"]
