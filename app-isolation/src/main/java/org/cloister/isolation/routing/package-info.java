/** Where a slice's packets go. Pure: read off an allocation, no ONOS service. */
package org.cloister.isolation.routing;
