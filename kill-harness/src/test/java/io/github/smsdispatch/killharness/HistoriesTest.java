package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A history")
class HistoriesTest {
    private static final MessageEvent FIRST = event(null, MessageState.QUEUED);
    private static final MessageEvent SUBMITTING = event(MessageState.QUEUED, MessageState.SUBMITTING);
    private static final MessageEvent SENT = event(MessageState.SUBMITTING, MessageState.SENT);

    @Test
    @DisplayName("leads to the state of its message, also over events that changed nothing")
    void whole() {
        assertThat(Histories.leadsTo(
                        MessageState.SENT,
                        List.of(FIRST, SUBMITTING, SENT, event(MessageState.SENT, MessageState.SENT))))
                .isTrue();
    }

    @Test
    @DisplayName("is broken where a step is missing, where the state is another, and where there is none at all")
    void gap() {
        assertThat(Histories.leadsTo(MessageState.SENT, List.of(FIRST, SENT))).isFalse();
        assertThat(Histories.leadsTo(MessageState.SENT, List.of(SUBMITTING, SENT)))
                .isFalse();
        assertThat(Histories.leadsTo(MessageState.DELIVERED, List.of(FIRST, SUBMITTING, SENT)))
                .isFalse();
        assertThat(Histories.leadsTo(MessageState.QUEUED, List.of())).isFalse();
    }

    @Test
    @DisplayName("is broken by a step that is not allowed")
    void forbidden() {
        assertThat(Histories.leadsTo(
                        MessageState.QUEUED,
                        List.of(FIRST, SUBMITTING, SENT, event(MessageState.SENT, MessageState.SUBMITTING))))
                .isFalse();
    }

    private static MessageEvent event(@Nullable MessageState from, MessageState to) {
        return new MessageEvent(Instant.EPOCH, from, to, EventSource.DISPATCH, null, null, null, null);
    }
}
