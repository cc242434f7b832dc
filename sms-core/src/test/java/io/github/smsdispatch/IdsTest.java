package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The ids of messages and attempts")
class IdsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00.123Z");

    @Test
    @DisplayName("are UUIDs of version 7 with the variant of RFC 9562, whatever the random bits")
    void versionAndVariant() {
        for (long bits : new long[] {0, -1, 0x0123_4567_89AB_CDEFL}) {
            RandomGenerator random = () -> bits;
            for (UUID id : List.of(
                    MessageId.create(InstantSource.fixed(NOW), random).value(),
                    AttemptId.create(InstantSource.fixed(NOW), random).value())) {
                assertThat(id.version()).isEqualTo(7);
                assertThat(id.variant()).isEqualTo(2);
                assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
            }
        }
    }

    @Test
    @DisplayName("use all 74 random bits")
    void randomBits() {
        assertThat(MessageId.create(InstantSource.fixed(Instant.EPOCH), () -> -1))
                .hasToString("00000000-0000-7fff-bfff-ffffffffffff");
        assertThat(MessageId.create(InstantSource.fixed(Instant.EPOCH), () -> 0))
                .hasToString("00000000-0000-7000-8000-000000000000");
    }

    @Test
    @DisplayName("sort by the time they were made, as objects and as text")
    void order() {
        var random = new Random(7);
        var made = new ArrayList<MessageId>();
        for (int millis = 0; millis < 1_000; millis++) {
            made.add(MessageId.create(InstantSource.fixed(NOW.plusMillis(millis)), random));
        }
        assertThat(made).isSorted();
        assertThat(made).extracting(MessageId::toString).isSorted();
    }

    @Test
    @DisplayName("differ even within one millisecond")
    void unique() {
        var random = new Random(7);
        assertThat(Stream.generate(() -> AttemptId.create(InstantSource.fixed(NOW), random))
                        .limit(10_000))
                .doesNotHaveDuplicates();
        assertThat(MessageId.create()).isNotEqualTo(MessageId.create());
        assertThat(AttemptId.create()).isNotEqualTo(AttemptId.create());
    }

    @Test
    @DisplayName("are read as they are written, in either case of letters")
    void roundTrip() {
        MessageId message = MessageId.create();
        AttemptId attempt = AttemptId.create();
        assertThat(message.toString()).hasSize(36);
        assertThat(MessageId.parse(message.toString())).isEqualTo(message).isEqualByComparingTo(message);
        assertThat(AttemptId.parse(attempt.toString())).isEqualTo(attempt).isEqualByComparingTo(attempt);
        assertThat(MessageId.parse("0195500A-0000-7000-8000-00000000000A"))
                .hasToString("0195500a-0000-7000-8000-00000000000a");
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "+12025550123",
                "1-1-1-1-1",
                "0195500a-0000-7000-8000-00000000000",
                "0195500a-0000-7000-8000-00000000000g",
                "0195500a00007000800000000000000a",
                " 0195500a-0000-7000-8000-00000000000a"
            })
    @DisplayName("are refused in any other form; the reason does not repeat the text, which may be a number")
    void refusals(String text) {
        List<Function<String, ?>> parsers = List.of(MessageId::parse, AttemptId::parse);
        assertThat(parsers).allSatisfy(parse -> assertThatIllegalArgumentException()
                .isThrownBy(() -> parse.apply(text))
                .withMessageEndingWith("id is a UUID of 8-4-4-4-12 hexadecimal digits, but this text of "
                        + text.length() + " characters is none"));
    }
}
