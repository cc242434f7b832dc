package io.github.smsdispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The traits of a provider")
class ProviderTraitsTest {
    @Test
    @DisplayName("are careful unless said otherwise: one report for a message, absence proves nothing")
    void defaults() {
        ProviderTraits traits = ProviderTraits.builder().build();
        assertThat(traits.maxBatchSize()).isEqualTo(1);
        assertThat(traits.maxTextLength()).isEqualTo(1600);
        assertThat(traits.maxValidity()).isEqualTo(Duration.ofDays(2));
        assertThat(traits.receiptsPerPart()).isFalse();
        assertThat(traits.receiptPatience()).isEqualTo(Duration.ofMinutes(2));
        assertThat(traits.absenceProof()).isEmpty();
        assertThat(traits.longestCall()).isEqualTo(Duration.ofSeconds(30));
        assertThat(traits.requiredAttribute()).isEmpty();
    }

    @Test
    @DisplayName("are what the provider says")
    void given() {
        ProviderTraits traits = ProviderTraits.builder()
                .maxBatchSize(10)
                .maxTextLength(1)
                .maxValidity(Duration.ofHours(10))
                .receiptsPerPart(true)
                .receiptPatience(Duration.ofNanos(1))
                .absenceProof(Duration.ofMinutes(5))
                .longestCall(Duration.ofHours(1))
                .requiredAttribute("codes.kind")
                .build();
        assertThat(traits.maxBatchSize()).isEqualTo(10);
        assertThat(traits.maxTextLength()).isEqualTo(1);
        assertThat(traits.maxValidity()).isEqualTo(Duration.ofHours(10));
        assertThat(traits.receiptsPerPart()).isTrue();
        assertThat(traits.receiptPatience()).isEqualTo(Duration.ofNanos(1));
        assertThat(traits.absenceProof()).contains(Duration.ofMinutes(5));
        assertThat(traits.longestCall()).isEqualTo(Duration.ofHours(1));
        assertThat(traits.requiredAttribute()).contains("codes.kind");
    }

    static Stream<UnaryOperator<ProviderTraits.Builder>> outOfBounds() {
        return Stream.of(
                traits -> traits.maxBatchSize(0),
                traits -> traits.maxTextLength(0),
                traits -> traits.maxValidity(Duration.ZERO),
                traits -> traits.maxValidity(Duration.ofNanos(-1)),
                traits -> traits.receiptPatience(Duration.ZERO),
                traits -> traits.receiptPatience(Duration.ofNanos(-1)),
                // An absence that proves itself at once would send every message in doubt again.
                traits -> traits.absenceProof(Duration.ZERO),
                traits -> traits.absenceProof(Duration.ofNanos(-1)),
                traits -> traits.longestCall(Duration.ZERO),
                traits -> traits.longestCall(Duration.ofHours(1).plusNanos(1)));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("outOfBounds")
    @DisplayName("are refused where they are out of bounds")
    void bounds(UnaryOperator<ProviderTraits.Builder> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(ProviderTraits.builder()).build())
                .withMessageContaining("must be");
    }
}
