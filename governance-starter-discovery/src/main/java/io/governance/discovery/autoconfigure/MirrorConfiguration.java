// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.governance.client.CallOrigin;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.mirror.Mirror;
import io.governance.discovery.mirror.MirrorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/**
 * Configuration of what sends the copies that mirror rules ask for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HttpHeaders.class)
@EnableConfigurationProperties(DiscoveryMirrorProperties.class)
class MirrorConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Mirror governanceMirror(InstanceSelector selector, CallOrigin origin, DiscoveryMirrorProperties properties,
			ObjectProvider<SslBundles> bundles, DiscoveryThreads threads) {
		MirrorSettings settings = new MirrorSettings(properties.timeout(), properties.connectTimeout(),
				tls(properties.ssl().bundle(), bundles.getIfAvailable()));
		return new Mirror(selector, origin.caller(), settings, threads.scheduler("mirror"));
	}

	private static Supplier<@Nullable SSLContext> tls(@Nullable String bundle, @Nullable SslBundles bundles) {
		if (bundle == null) {
			return () -> null;
		}
		try {
			if (bundles != null) {
				return new BundledContext(bundles, bundle);
			}
		}
		catch (NoSuchSslBundleException ex) {
			// said below, as where there are no bundles at all
		}
		throw DiscoveryMirrorProperties.bad("ssl.bundle", bundle, "the name of a bundle below spring.ssl.bundle");
	}

	/**
	 * The context of a bundle, as it is now.
	 */
	private static final class BundledContext implements Supplier<@Nullable SSLContext> {

		private volatile SSLContext context;

		BundledContext(SslBundles bundles, String name) {
			this.context = bundles.getBundle(name).createSslContext();
			bundles.addBundleUpdateHandler(name, (bundle) -> this.context = bundle.createSslContext());
		}

		@Override
		public SSLContext get() {
			return this.context;
		}

	}

}
