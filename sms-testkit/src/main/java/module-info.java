/** What helps to test with SMS Dispatch: a carrier that can be made to fail, and contract tests. */
module io.github.smsdispatch.testkit {
    requires com.fasterxml.jackson.databind;
    requires transitive io.github.smsdispatch.core;
    requires java.logging;
    requires java.net.http;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.testkit;
    exports io.github.smsdispatch.testkit.carrier;
    exports io.github.smsdispatch.testkit.provider;
    exports io.github.smsdispatch.testkit.store;

    // JUnit runs the nested groups of the contracts, which nobody else needs to see.
    opens io.github.smsdispatch.testkit.provider to
            org.junit.platform.commons;
    opens io.github.smsdispatch.testkit.store to
            org.junit.platform.commons;

    uses io.github.smsdispatch.spi.SmsProviderFactory;
}
