package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalView;
import org.immutables.value.Value;

import java.util.List;

/** All optical switches. */
@Value.Immutable
@JsonSerialize(as = ImmutableOpticalSwitchList.class)
interface OpticalSwitchList {

    /** The switches, sorted by name. */
    List<OpticalView.SwitchView> items();
}
