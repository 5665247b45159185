// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.function.Supplier;

import javax.net.ssl.SSLParameters;

import io.governance.discovery.consul.ConsulTls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/** TLS settings out of an SSL bundle, which may be reloaded. */
final class BundledTls implements Supplier<@Nullable ConsulTls> {

	private volatile ConsulTls tls;

	/**
	 * Creates the settings.
	 * @param bundles all bundles; {@code null} where the application has none
	 * @param name the name of the one to use
	 */
	BundledTls(@Nullable SslBundles bundles, String name) {
		if (bundles == null) {
			throw unknown(name);
		}
		try {
			this.tls = tls(bundles.getBundle(name));
		}
		catch (NoSuchSslBundleException ex) {
			throw unknown(name);
		}
		bundles.addBundleUpdateHandler(name, (bundle) -> this.tls = tls(bundle));
	}

	@Override
	public ConsulTls get() {
		return this.tls;
	}

	private static ConsulTls tls(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		SSLParameters parameters = new SSLParameters();
		parameters.setCipherSuites(options.getCiphers());
		parameters.setProtocols(options.getEnabledProtocols());
		return new ConsulTls(bundle.createSslContext(), parameters);
	}

	private static IllegalArgumentException unknown(String name) {
		return DiscoveryConsulProperties.bad("ssl.bundle", name, "the name of a bundle below spring.ssl.bundle");
	}

}
