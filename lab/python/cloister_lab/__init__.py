"""One machine's worth of Cloister's surroundings: ONOS, Open vSwitch and an emulated leaf-spine fabric."""
