package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An account that refuses message after message")
class RefusalStreakTest {
    private static final SubmitOutcome WRONG_SENDER =
            SubmitOutcome.Refused.because(FailureReason.SENDER, "21606", "cannot use this sender");
    private static final SubmitOutcome TAKEN = SubmitOutcome.Accepted.as("id");

    private final RefusalStreak streak = new RefusalStreak(ProviderAccount.of("first"));

    @Test
    @DisplayName("is warned of after 20, and again after ten times as many")
    void row() {
        assertThat(warningsOf(WRONG_SENDER, 19)).isEmpty();
        assertThat(warningsOf(WRONG_SENDER, 180))
                .singleElement()
                .asString()
                .endsWith(
                        "first has refused 20 messages in a row and taken none, the last for SENDER (code 21606): see its"
                                + " settings, such as the sender, before more are rejected");
        assertThat(warningsOf(WRONG_SENDER, 1)).singleElement().asString().contains("refused 200 messages in a row");
    }

    @Test
    @DisplayName("is forgiven when it takes one")
    void success() {
        assertThat(warningsOf(WRONG_SENDER, 19)).isEmpty();
        assertThat(warningsOf(TAKEN, 1)).isEmpty();
        assertThat(warningsOf(WRONG_SENDER, 19)).isEmpty();
    }

    @Test
    @DisplayName("for reasons of its own is no news here: its health tells of those")
    void other() {
        assertThat(warningsOf(SubmitOutcome.Refused.because(FailureReason.THROTTLED, "429", "slow down"), 1000))
                .isEmpty();
    }

    private List<String> warningsOf(SubmitOutcome outcome, int times) {
        return Screen.logOf(() -> Collections.nCopies(times, outcome).forEach(each -> streak.note(List.of(each))))
                .lines()
                .toList();
    }
}
