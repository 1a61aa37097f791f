/**
 * What the services of several bundles stand on: passes of a control thread, listeners, stored documents, and figures
 * for Prometheus. It knows neither slices nor circuits. Each bundle embeds a copy of its own.
 */
package org.cloister.runtime;
