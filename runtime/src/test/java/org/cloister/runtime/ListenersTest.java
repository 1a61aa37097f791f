package org.cloister.runtime;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ListenersTest {

    private final List<String> heard = new ArrayList<>();
    private final Listeners listeners = new Listeners("the weather");

    @Test
    void oneThatFailsKeepsNobodyElseFromHearing() {
        listeners.add(() -> heard.add("first"));
        listeners.add(() -> {
            throw new IllegalStateException("busy");
        });
        listeners.add(() -> heard.add("last"));
        listeners.tell();
        assertThat(heard).containsExactly("first", "last");
    }

    @Test
    void whoGoesHearsNoMore() {
        Runnable listener = () -> heard.add("it");
        listeners.add(listener);
        listeners.remove(listener);
        listeners.tell();
        assertThat(heard).isEmpty();
    }

    @Test
    void oneMayGoWhileAllAreTold() {
        Runnable[] once = new Runnable[1];
        once[0] = () -> {
            heard.add("once");
            listeners.remove(once[0]);
        };
        listeners.add(once[0]);
        listeners.add(() -> heard.add("always"));
        listeners.tell();
        listeners.tell();
        assertThat(heard).containsExactly("once", "always", "always");
    }
}
