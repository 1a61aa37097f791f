"""The lab itself: what ONOS and Open vSwitch do here is what stock ONOS does with real switches."""
