/**
 * What becomes of slices that have what they asked for: installed, watched, moved, taken out, and with them their
 * meters and what nothing wants. Each state has a class that plans the next steps; uses admission, light and the pass.
 */
package org.cloister.isolation.control.lifecycle;
