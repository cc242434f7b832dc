package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.smsdispatch.testkit.logs.Isolation;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What must not show shows at no level and on no road: SLF4J, java.util.logging, System.out, System.err. */
abstract class LogRules extends ProviderRules {
    @Test
    @DisplayName("no number, text or secret is logged, and no outcome, answer or verdict shows one")
    void nothingShows() {
        List<String> findings = Isolation.call(
                LogScenario.class,
                "run",
                contract().getClass().getName(),
                List.of(
                        contract().getClass(),
                        contract().factory().getClass(),
                        SmsProviderContract.class,
                        LoggerFactory.class,
                        Test.class));
        assertEquals(List.of(), findings, "what was logged or shown");
    }
}
