package io.github.smsdispatch.testkit.carrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Fates")
class FatesTest {
    private static final Script SCRIPT = new Script(
            new Script.DurationRange(Duration.ZERO, Duration.ofMillis(100)),
            new Script.DurationRange(Duration.ofMillis(100), Duration.ofSeconds(2)),
            Map.of(SubmissionFault.THROTTLE, 0.2, SubmissionFault.LOSE_ANSWER, 0.1),
            Map.of(),
            0.3,
            0.05,
            0,
            Duration.ZERO,
            0,
            Duration.ofMillis(300),
            List.of(),
            List.of());

    @Test
    @DisplayName("depend on the seed and the message, not on the order of arrival")
    void order() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            texts.add("text " + i);
        }
        Map<String, String> forwards = fates(7, texts);
        Collections.reverse(texts);

        assertThat(fates(7, texts)).isEqualTo(forwards);
        assertThat(fates(8, texts)).isNotEqualTo(forwards);
    }

    @Test
    @DisplayName("of a message that is tried again are drawn anew")
    void again() {
        var fates = new Fates(7);
        var seen = new ArrayList<SubmissionFault>();
        for (int i = 0; i < 100; i++) {
            seen.add(fates.draw("twilio", draft("the same"), SCRIPT).submissionFault());
        }

        assertThat(seen).contains(SubmissionFault.NONE, SubmissionFault.THROTTLE, SubmissionFault.LOSE_ANSWER);
    }

    @Test
    @DisplayName("come in the shares of the script")
    void shares() {
        int count = 20_000;
        var fates = new Fates(7);
        var faults = new EnumMap<SubmissionFault, Integer>(SubmissionFault.class);
        var endings = new EnumMap<Life.Ending, Integer>(Life.Ending.class);
        Duration latency = Duration.ZERO;
        for (int i = 0; i < count; i++) {
            Fates.Fate fate = fates.draw("twilio", draft("text " + i), SCRIPT);
            faults.merge(fate.submissionFault(), 1, Integer::sum);
            endings.merge(fate.ending(), 1, Integer::sum);
            latency = latency.plus(fate.latency());
        }

        assertThat(faults)
                .containsOnlyKeys(SubmissionFault.NONE, SubmissionFault.THROTTLE, SubmissionFault.LOSE_ANSWER);
        assertThat(faults.get(SubmissionFault.THROTTLE)).isCloseTo(count / 5, within(count / 100));
        assertThat(faults.get(SubmissionFault.LOSE_ANSWER)).isCloseTo(count / 10, within(count / 100));
        assertThat(endings.get(Life.Ending.UNDELIVERED)).isCloseTo(count * 3 / 10, within(count / 100));
        assertThat(endings.get(Life.Ending.SILENT)).isCloseTo(count / 20, within(count / 100));
        assertThat(latency.dividedBy(count).toMillis()).isBetween(48L, 52L);
    }

    private static Map<String, String> fates(long seed, List<String> texts) {
        var fates = new Fates(seed);
        var result = new HashMap<String, String>();
        for (String text : texts) {
            Fates.Fate fate = fates.draw("twilio", draft(text), SCRIPT);
            result.put(text, fate.submissionFault() + " " + fate.latency() + " " + fate.ending());
        }
        return result;
    }

    private static Draft draft(String text) {
        return new Draft(Client.RECIPIENT, Client.SENDER, null, text, 1, null, null, Duration.ofHours(1));
    }
}
