package io.github.smsdispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.spi.SubmitOutcome.Cost;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.spi.SubmitOutcome.Unknown;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The outcome of a hand-over")
class SubmitOutcomeTest {
    @Test
    @DisplayName("is folded by the one function that is for it")
    void fold() {
        List<SubmitOutcome> outcomes = List.of(
                Accepted.as("id-1"),
                Refused.because(FailureReason.SENDER, "21606", "cannot use this sender"),
                new Unknown("502", "bad gateway"));
        assertThat(outcomes)
                .extracting(outcome -> outcome.<String>fold(
                        accepted -> "accepted " + accepted.providerMessageIds(),
                        refused -> "refused " + refused.reason(),
                        unknown -> "unknown " + unknown.code()))
                .containsExactly("accepted [id-1]", "refused SENDER", "unknown 502");
    }

    @Test
    @DisplayName("is not accepted without an id: the provider's log could never be searched for it")
    void acceptedWithoutIds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Accepted(List.of(), 1, null))
                .withMessage("accepted without a message id is Unknown, not Accepted");
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", " "})
    @DisplayName("is not accepted with a blank id, which would match every other blank one")
    void acceptedWithBlankId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Accepted(List.of("id-1", id), 1, null))
                .withMessage("accepted without a message id is Unknown, not Accepted");
    }

    @Test
    @DisplayName("keeps its own copy of the ids")
    void copies() {
        var ids = new ArrayList<>(List.of("id-1", "id-2"));
        var accepted = new Accepted(ids, 2, null);
        ids.clear();
        assertThat(accepted.providerMessageIds())
                .containsExactly("id-1", "id-2")
                .isUnmodifiable();
    }

    @Test
    @DisplayName("stays accepted when the provider's count of segments makes no sense")
    void negativeSegments() {
        assertThat(new Accepted(List.of("id-1"), -1, null).segments()).isZero();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({"PT-5S, PT0S", "PT0S, PT0S", "PT30S, PT30S", "PT24H, PT24H", "PT24H0.001S, PT24H"})
    @DisplayName("stays refused when the provider asks for an absurd pause: that is clipped")
    void absurdPauses(Duration asked, Duration kept) {
        assertThat(new Refused(FailureReason.THROTTLED, "429", "slow down", asked).retryAfter())
                .isEqualTo(kept);
        assertThat(new LookupAnswer.Failed("429", "slow down", asked).retryAfter())
                .isEqualTo(kept);
    }

    @Test
    @DisplayName("clips even the longest pause there is, and leaves none where none was asked for")
    void longestPause() {
        assertThat(new Refused(FailureReason.THROTTLED, "429", "slow down", Duration.ofSeconds(Long.MAX_VALUE))
                        .retryAfter())
                .isEqualTo(Duration.ofHours(24));
        assertThat(Refused.because(FailureReason.THROTTLED, "429", "slow down").retryAfter())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-300000000", "1e300000000", "0.000000000000000000001", "100000000000000000000"})
    @DisplayName("has no cost that would take a processor for hours to reckon with")
    void absurdCost(String amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cost(new BigDecimal(amount), Currency.getInstance("USD")))
                .withMessage("a cost has at most 20 digits on either side of the point");
    }

    @Test
    @DisplayName("never has a negative cost")
    void cost() {
        Currency usd = Currency.getInstance("USD");
        assertThat(new Cost(BigDecimal.ZERO, usd).amount()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cost(new BigDecimal("-0.0075"), usd))
                .withMessageContaining("never negative");
    }
}
