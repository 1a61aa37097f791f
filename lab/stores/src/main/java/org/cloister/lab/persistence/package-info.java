/**
 * ONOS's persistence service without a disk behind it.
 *
 * <p>Stock ONOS 2.5.6 asks this service for one thing that the lab runs: a map behind each
 * eventually consistent map that was built with persistence. The flow rules are not among them;
 * stock keeps those in memory, and so does the lab.
 */
package org.cloister.lab.persistence;
