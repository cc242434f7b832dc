package io.github.smsdispatch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The guard of all states")
class MessageStateTest {
    /** Rows become columns; the columns are in the order of the rows. */
    private static final String MATRIX =
            """
                        SCH QUE SUB DBT SEN DEL UND REJ SUP EXP UNC CAN
            SCHEDULED    .   x   x   .   .   .   .   x   x   x   .   x
            QUEUED       .   .   x   .   x   x   x   x   x   x   x   x
            SUBMITTING   .   x   .   x   x   x   x   x   x   x   .   .
            IN_DOUBT     .   x   .   .   x   x   x   x   x   x   x   .
            SENT         .   x   .   .   .   x   x   .   .   .   x   .
            DELIVERED    .   .   .   .   .   .   .   .   .   .   .   .
            UNDELIVERED  .   .   .   .   .   .   .   .   .   .   .   .
            REJECTED     .   .   .   .   .   .   .   .   .   .   .   .
            SUPPRESSED   .   .   .   .   .   .   .   .   .   .   .   .
            EXPIRED      .   .   .   .   .   .   .   .   .   .   .   .
            UNCONFIRMED  .   .   .   .   .   .   .   .   .   .   .   .
            CANCELLED    .   .   .   .   .   .   .   .   .   .   .   .
            """;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("lets a state become these and no others")
    void matrix(MessageState from) {
        Set<MessageState> allowed =
                Stream.of(MessageState.values()).filter(from::canBecome).collect(toSet());
        assertThat(allowed).isEqualTo(rows().get(from));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("a state is final exactly when nothing comes after it, and never becomes itself")
    void finalStates(MessageState state) {
        assertThat(state.isFinal()).isEqualTo(rows().get(state).isEmpty());
        assertThat(state.canBecome(state)).isFalse();
    }

    @Test
    @DisplayName("what a provider took is not handed over again without going through the queue")
    void sentIsNotHandedOverAgain() {
        assertThat(MessageState.SENT.canBecome(MessageState.SUBMITTING)).isFalse();
    }

    private static Map<MessageState, Set<MessageState>> rows() {
        List<String> lines = MATRIX.lines().skip(1).toList();
        var rows = new LinkedHashMap<MessageState, Set<MessageState>>();
        for (String line : lines) {
            List<String> cells = Arrays.asList(line.strip().split(" +", -1));
            var allowed = EnumSet.noneOf(MessageState.class);
            for (int column = 1; column < cells.size(); column++) {
                if (cells.get(column).equals("x")) {
                    allowed.add(
                            MessageState.valueOf(lines.get(column - 1).strip().split(" +", -1)[0]));
                }
            }
            rows.put(MessageState.valueOf(cells.get(0)), allowed);
        }
        return rows;
    }
}
