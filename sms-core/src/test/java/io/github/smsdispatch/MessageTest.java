package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.smsdispatch.text.Encoding;
import io.github.smsdispatch.text.Segments;
import io.github.smsdispatch.text.SmsText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A message")
class MessageTest {
    private static final String RECIPIENT = "+12025550123";

    @Test
    @DisplayName("takes over what to do in doubt only if it does not say so itself, and is otherwise the same")
    void inDoubt() {
        Message silent =
                Message.to("+12025550123").text("Hello").campaign("spring").build();
        Message decided = Message.to("+12025550123")
                .text("Hello")
                .doubtPolicy(DoubtPolicy.HOLD)
                .build();

        Message told = silent.inDoubt(DoubtPolicy.RESEND);

        assertThat(told.doubtPolicy()).isEqualTo(DoubtPolicy.RESEND);
        assertThat(told)
                .usingRecursiveComparison()
                .ignoringFields("doubtPolicy")
                .isEqualTo(silent);
        assertThat(told.inDoubt(DoubtPolicy.HOLD)).isSameAs(told);
        assertThat(decided.inDoubt(DoubtPolicy.RESEND)).isSameAs(decided);
    }

    @Test
    @DisplayName("needs no more than a recipient and a text")
    void defaults() {
        Message message = Message.to(RECIPIENT).text("hello").build();
        assertThat(message.recipient()).isEqualTo(PhoneNumber.parse(RECIPIENT));
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.segments()).isEqualTo(new Segments(Encoding.GSM_7, List.of(5)));
        assertThat(message.tenant()).isEqualTo("default");
        assertThat(message.idempotencyKey()).isNull();
        assertThat(message.sender()).isNull();
        assertThat(message.dueAt()).isNull();
        assertThat(message.validity()).isEqualTo(Duration.ofDays(2));
        assertThat(message.lane()).isEqualTo(Lane.NORMAL);
        assertThat(message.campaign()).isNull();
        assertThat(message.attributes()).isEmpty();
        assertThat(message.doubtPolicy()).isEqualTo(DoubtPolicy.HOLD);
    }

    @Test
    @DisplayName("keeps everything it is given")
    void everything() {
        MessageId id = MessageId.create();
        Instant due = Instant.parse("2026-03-01T09:00:00Z");
        Message message = Message.to(PhoneNumber.parse(RECIPIENT))
                .text("hello")
                .id(id)
                .tenant("clinic-7")
                .idempotencyKey("visit 42")
                .sender(Sender.of("Clinic"))
                .dueAt(due)
                .validity(Duration.ofHours(3))
                .lane(Lane.REPLY)
                .campaign("spring")
                .attribute("row", "17")
                .attribute("row", "18")
                .attribute("empty", "")
                .doubtPolicy(DoubtPolicy.RESEND)
                .build();
        assertThat(message.id()).isEqualTo(id);
        assertThat(message.tenant()).isEqualTo("clinic-7");
        assertThat(message.idempotencyKey()).isEqualTo("visit 42");
        assertThat(message.sender()).isEqualTo(Sender.of("Clinic"));
        assertThat(message.dueAt()).isEqualTo(due);
        assertThat(message.validity()).isEqualTo(Duration.ofHours(3));
        assertThat(message.lane()).isEqualTo(Lane.REPLY);
        assertThat(message.campaign()).isEqualTo("spring");
        assertThat(message.attributes())
                .isEqualTo(Map.of("row", "18", "empty", ""))
                .isUnmodifiable();
        assertThat(message.doubtPolicy()).isEqualTo(DoubtPolicy.RESEND);
    }

    @Test
    @DisplayName("takes null for what it can do without, as a row of a table brings it")
    void optionalValues() {
        Message message = Message.to(RECIPIENT)
                .text("hello")
                .id(null)
                .idempotencyKey(null)
                .sender(null)
                .dueAt(null)
                .campaign(null)
                .build();
        assertThat(message.id()).isNotNull();
        assertThat(message.sender()).isNull();
    }

    @Test
    @DisplayName("has its own id each time it is built")
    void ownId() {
        Message.Builder builder = Message.to(RECIPIENT).text("hello");
        assertThat(builder.build().id()).isNotEqualTo(builder.build().id());
    }

    @Test
    @DisplayName("has its text in normalisation form C, and counts the segments of that")
    void normalised() {
        Message message = Message.to(RECIPIENT).text("e\u0301" + "a".repeat(69)).build();
        assertThat(message.text()).isEqualTo("\u00e9" + "a".repeat(69));
        assertThat(message.segments().parts()).containsExactly(70);
    }

    @Test
    @DisplayName("does not change with the builder it came from")
    void independentOfItsBuilder() {
        Message.Builder builder = Message.to(RECIPIENT).text("hello").attribute("a", "1");
        Message message = builder.build();
        builder.text("other").attribute("b", "2").tenant("other");
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.attributes()).containsOnlyKeys("a");
        assertThat(message.tenant()).isEqualTo("default");
    }

    @Test
    @DisplayName("shows neither number nor text, nor anything else of the caller's but its tenant")
    void shown() {
        MessageId id = MessageId.parse("0195500a-0000-7000-8000-00000000000a");
        assertThat(Message.to(RECIPIENT)
                        .text("hello")
                        .id(id)
                        .attribute("name", "Ada")
                        .build())
                .hasToString("Message[0195500a-0000-7000-8000-00000000000a, tenant=default, lane=NORMAL, segments=1]");
    }

    @Nested
    @DisplayName("that cannot be used")
    class Problematic {
        private final Message.Builder builder = Message.to(RECIPIENT).text("hello");

        @Test
        @DisplayName("is refused with all of its problems at once, and shows none of the values")
        void allAtOnce() {
            builder.text("\ud83d secret")
                    .tenant("a tenant")
                    .idempotencyKey(" key")
                    .campaign("x".repeat(191))
                    .dueAt(Instant.MAX)
                    .validity(Duration.ZERO)
                    .attribute("", "1")
                    .attribute("note", "y".repeat(256));
            String key =
                    "must be 1 to %d characters, without spaces at its ends, control characters and unpaired surrogates";
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessage("cannot use this message: text holds an unpaired surrogate at character 1"
                            + "; tenant must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit"
                            + "; idempotencyKey " + key.formatted(190)
                            + "; campaign " + key.formatted(190)
                            + "; dueAt must be from 1970 to 9998"
                            + "; validity must be 1 second to 30 days"
                            + "; attribute name " + key.formatted(64)
                            + "; attribute 'note' must be at most 255 characters, without unpaired surrogates");
        }

        @Test
        @DisplayName("has a recipient that is no E.164 number")
        void recipient() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Message.to("0202 555 0123"))
                    .withMessageContaining("E.164");
        }

        @Test
        @DisplayName("has no text")
        void text() {
            assertRefused(Message.to(RECIPIENT), "text is missing");
            assertRefused(builder.text(""), "text is empty");
        }

        @Test
        @DisplayName("needs more segments than one octet can count")
        void tooLong() {
            String longest = "a".repeat(255 * 153);
            assertThat(builder.text(longest).build().segments().count()).isEqualTo(255);
            assertRefused(
                    builder.text(longest + "a"),
                    "text needs 256 segments, but a message has at most 255; SmsText.split cuts it");
            assertThat(SmsText.split(longest + "a", 255)).hasSize(2);
        }

        @ParameterizedTest(name = "''{0}''")
        @ValueSource(strings = {"", " ", "-a", ".a", "a b", "a/b", "\u00e9", "a\n"})
        @DisplayName("has a tenant whose name does not fit into a setting or a path")
        void tenant(String tenant) {
            assertRefused(
                    builder.tenant(tenant),
                    "tenant must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit");
        }

        @ParameterizedTest(name = "''{0}''")
        @ValueSource(strings = {"", " ", "a ", " a", "a\u0000b", "a\nb"})
        @DisplayName("has a key that a database would trim or cut, so that two keys became one")
        void keys(String key) {
            String problem =
                    "must be 1 to 190 characters, without spaces at its ends, control characters and unpaired surrogates";
            assertRefused(Message.to(RECIPIENT).text("hello").idempotencyKey(key), "idempotencyKey " + problem);
            assertRefused(Message.to(RECIPIENT).text("hello").campaign(key), "campaign " + problem);
        }

        @Test
        @DisplayName("has half a surrogate pair in a key, which every encoder replaces by a question mark")
        void surrogates() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.idempotencyKey("a\ud83d").build());
            assertThatIllegalArgumentException().isThrownBy(() -> builder.idempotencyKey(null)
                    .attribute("a", "\ude00")
                    .build());
        }

        @Test
        @DisplayName("is due at a time that no database can keep")
        void dueAt() {
            String problem = "dueAt must be from 1970 to 9998";
            assertRefused(builder.dueAt(Instant.MIN), problem);
            assertRefused(builder.dueAt(Instant.EPOCH.minusNanos(1)), problem);
            assertRefused(builder.dueAt(Instant.parse("9999-01-01T00:00:00Z")), problem);
            assertThat(builder.dueAt(Instant.EPOCH).build().dueAt()).isEqualTo(Instant.EPOCH);
        }

        @Test
        @DisplayName("has a validity below a second or above 30 days")
        void validity() {
            String problem = "validity must be 1 second to 30 days";
            assertRefused(builder.validity(Duration.ofMillis(999)), problem);
            assertRefused(builder.validity(Duration.ofSeconds(-1)), problem);
            assertRefused(builder.validity(Duration.ofDays(30).plusNanos(1)), problem);
            assertThat(builder.validity(Duration.ofSeconds(1)).build().validity())
                    .isEqualTo(Duration.ofSeconds(1));
            assertThat(builder.validity(Duration.ofDays(30)).build().validity()).isEqualTo(Duration.ofDays(30));
        }

        @Test
        @DisplayName("has more than 32 attributes")
        void attributes() {
            for (int i = 0; i < 32; i++) {
                builder.attribute("a" + i, "v".repeat(255));
            }
            assertThat(builder.build().attributes()).hasSize(32);
            assertRefused(builder.attribute("one more", ""), "attributes must be at most 32");
        }

        @Test
        @DisplayName("is refused at once where null has no meaning, by the name of the value")
        void nulls() {
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.tenant(null))
                    .withMessage("tenant");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.validity(null))
                    .withMessage("validity");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.lane(null))
                    .withMessage("lane");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.attribute("a", null))
                    .withMessage("value");
        }

        private static void assertRefused(Message.Builder builder, String problem) {
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessage("cannot use this message: " + problem);
        }
    }
}
