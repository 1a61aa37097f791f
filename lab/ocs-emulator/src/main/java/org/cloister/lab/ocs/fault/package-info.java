/** What goes wrong with light, mirrors and management, as it is told through a socket of its own. */
package org.cloister.lab.ocs.fault;
