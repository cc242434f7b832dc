/** The vocabulary, the SPI and the engine of SMS Dispatch. */
// "module": those that get what is not for others, the JDBC store and the webhooks, are built after this module.
@SuppressWarnings("module")
module io.github.smsdispatch.core {
    requires dev.failsafe.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch;
    exports io.github.smsdispatch.catalog;
    exports io.github.smsdispatch.engine;
    exports io.github.smsdispatch.internal to
            io.github.smsdispatch.webhooks;
    exports io.github.smsdispatch.memory;
    exports io.github.smsdispatch.spi;
    exports io.github.smsdispatch.store;
    exports io.github.smsdispatch.store.rules to
            io.github.smsdispatch.jdbc;
    exports io.github.smsdispatch.text;
    exports io.github.smsdispatch.tracking;

    uses io.github.smsdispatch.spi.SmsProviderFactory;
}
