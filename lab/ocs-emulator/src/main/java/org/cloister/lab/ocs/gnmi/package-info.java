/** The switch as gNMI has it: paths of the OCS model, requests read, changes told. */
package org.cloister.lab.ocs.gnmi;
