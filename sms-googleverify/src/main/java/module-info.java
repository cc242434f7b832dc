/** The provider {@code googleverify}, and the words its messages carry. */
module io.github.smsdispatch.googleverify {
    requires io.github.smsdispatch.http;
    requires transitive io.github.smsdispatch.core;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.googleverify;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            io.github.smsdispatch.googleverify.GoogleVerifyProviderFactory;
}
