/**
 * Optical switches that speak Polatis' model over NETCONF: RFC 6241 by SSH (RFC 6242), notifications by RFC 5277.
 *
 * <p>From the bottom: {@link org.cloister.driver.ocs.netconf.SshLink} carries bytes,
 * {@link org.cloister.driver.ocs.netconf.Deframer} cuts them into messages,
 * {@link org.cloister.driver.ocs.netconf.NetconfChannel} asks and is answered,
 * {@link org.cloister.driver.ocs.netconf.Datastore} changes the configuration all or nothing,
 * {@link org.cloister.driver.ocs.netconf.CrossConnects} decides what to change, and
 * {@link org.cloister.driver.ocs.netconf.NetconfSession} puts it together. The SSH is Apache MINA's; a client of NETCONF
 * that is maintained, small and runs on Java 11 could not be found.
 *
 * <p><b>What a circuit is there.</b> The model has {@code cross-connects/pair[ingress]/egress} and no names. A mirror
 * carries light both ways, so one pair is one circuit; the port with the lower number is its ingress, which is right for
 * switches with two sides (ports 1 to N in, N + 1 to 2N out) as well as for those that join any two ports. Pairs that
 * others made are shown, and removed when asked to be, whichever way round they are.
 */
package org.cloister.driver.ocs.netconf;
