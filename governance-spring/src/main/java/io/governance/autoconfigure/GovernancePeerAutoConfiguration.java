// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.peer.JettyPeerCustomizer;
import io.governance.peer.TomcatPeerValve;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration that has embedded Servlet containers note who opened the connection
 * of a request. Reactor Netty tells it by itself.
 */
@AutoConfiguration
public final class GovernancePeerAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Tomcat.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> governanceTomcatPeers() {
			return (factory) -> factory.addEngineValves(new TomcatPeerValve());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> governanceJettyPeers() {
			return (factory) -> factory.addServerCustomizers(JettyPeerCustomizer::addTo);
		}

	}

}
