package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.InboundText.Part;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stop word")
class StopWordsTest {
    private static InboundText text(String text, Part part) {
        return new InboundText(ProviderAccount.of("first"), "in-1", "+447700900123", "+447700900100", text, part, null);
    }

    private static InboundText text(String text) {
        return text(text, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                "Stop.",
                " \"stop\"!\r\n",
                "stopall",
                "unsubscribe",
                "Cancel",
                "END",
                "quit",
                "REVOKE",
                "OptOut",
                "ＳＴＯＰ",
                "\uFEFFstop\u200B",
                "…stop…",
                "STOP \u2764\uFE0F",
                "Stop\u203C\uFE0F",
                "STOP\uFE0F",
                "STOP \u263A\uFE0F",
                "Stop \uD83E\uDD26\uD83C\uDFFD\u200D\u2642\uFE0F",
                "\uD83D\uDED1stop\uD83D\uDED1",
                "\u2764\u0301stop",
                "STOP ALL",
                "stop-all!",
                "OPT OUT",
                "Opt\u00A0 out.",
                "opt-out"
            })
    @DisplayName("withdraws consent in any case, whatever blanks and punctuation surround it")
    void stops(String text) {
        assertThat(StopWords.common().read(text(text))).contains(Consent.WITHDRAWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start", "(Unstop)"})
    @DisplayName("of the other kind gives consent")
    void starts(String text) {
        assertThat(StopWords.common().read(text(text))).contains(Consent.GIVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "!?",
                "please stop",
                "stop it",
                "stops",
                "YES",
                "s t o p",
                "full stop",
                "sto p",
                "un subscribe",
                "stop stop",
                "\u2764\uFE0F",
                "\uFE0F"
            })
    @DisplayName("is all there is of the text, or it is none")
    void saysNothing(String text) {
        assertThat(StopWords.common().read(text(text))).isEmpty();
    }

    @Test
    @DisplayName("is not looked for in a piece of a long text, nor in a very long one")
    void pieces() {
        assertThat(StopWords.common().read(text("stop", new Part("7", 2, 2)))).isEmpty();
        assertThat(StopWords.common().read(text("stop", new Part("7", 1, 1)))).contains(Consent.WITHDRAWN);
        assertThat(StopWords.common().read(text(" ".repeat(97) + "stop"))).isEmpty();
        assertThat(StopWords.common().read(text(" ".repeat(96) + "stop"))).contains(Consent.WITHDRAWN);
    }

    @Test
    @DisplayName("may be in any language, and there need not be one")
    void configured() {
        StopWords words = StopWords.of(List.of("Arrêt", "बंद करो"), List.of("Démarrer"));
        assertThat(words.read(text("ARRE\u0302T !"))).contains(Consent.WITHDRAWN);
        assertThat(words.read(text("« बंद करो »"))).contains(Consent.WITHDRAWN);
        assertThat(words.read(text("बंद-करो \u2764\uFE0F"))).contains(Consent.WITHDRAWN);
        assertThat(words.read(text("बंदकरो"))).contains(Consent.WITHDRAWN);
        assertThat(words.read(text("démarrer"))).contains(Consent.GIVEN);
        assertThat(words.read(text("STOP"))).isEmpty();
        assertThat(StopWords.none().read(text("STOP"))).isEmpty();
        assertThat(StopWords.none().read(text(""))).isEmpty();
    }

    @Test
    @DisplayName("cannot be empty, endless, or mean both")
    void misuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> StopWords.of(List.of("!"), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> StopWords.of(List.of(), List.of("x".repeat(101))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StopWords.of(List.of("stop"), List.of("STOP!")))
                .withMessageContaining("both");
    }
}
