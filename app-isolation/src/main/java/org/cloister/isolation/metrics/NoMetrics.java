package org.cloister.isolation.metrics;

import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;

import java.time.Duration;
import java.util.Map;

/** Keeps nothing. */
final class NoMetrics implements ControlMetrics {

    @Override
    public void leads(boolean leads) {
    }

    @Override
    public void pass(Duration took, boolean failed) {
    }

    @Override
    public void looked(Map<SliceState, Integer> slices, Map<String, Integer> rules, Map<String, Integer> meters) {
    }

    @Override
    public void decided(Duration took) {
    }

    @Override
    public void installed(Duration took) {
    }

    @Override
    public void refused(ProblemType reason) {
    }

    @Override
    public void moved(String reason, boolean done, Duration took) {
    }

    @Override
    public void degraded(String reason) {
    }

    @Override
    public void recovered(String reason) {
    }

    @Override
    public void leaseExpired() {
    }

    @Override
    public void sent(String kind, int changes) {
    }

    @Override
    public void failed(String kind, int changes) {
    }

    @Override
    public void storeError() {
    }
}
