// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.Objects;
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

	private static final String PROPERTY = "governance.discovery.consul.ssl.bundle";

	private volatile ConsulTls tls;

	/**
	 * Creates the settings.
	 * @param bundles all bundles; {@code null} where the application has none
	 * @param name the name of the one to use
	 */
	BundledTls(@Nullable SslBundles bundles, String name) {
		this.tls = tls(bundle(bundles, PROPERTY, name));
		Objects.requireNonNull(bundles).addBundleUpdateHandler(name, (bundle) -> this.tls = tls(bundle));
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

	/**
	 * The bundle that a property names.
	 * @throws IllegalArgumentException when there is none, with what was expected
	 */
	static SslBundle bundle(@Nullable SslBundles bundles, String property, String name) {
		try {
			if (bundles != null) {
				return bundles.getBundle(name);
			}
		}
		catch (NoSuchSslBundleException ex) {
			throw unknown(property, name);
		}
		throw unknown(property, name);
	}

	private static IllegalArgumentException unknown(String property, String name) {
		return new IllegalArgumentException(
				property + ": " + name + " (expected: the name of a bundle below spring.ssl.bundle)");
	}

}
