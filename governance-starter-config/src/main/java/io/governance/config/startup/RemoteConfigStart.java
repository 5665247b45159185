// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.governance.config.ConfigProperties;
import io.governance.config.remote.ConfigRefusedException;
import io.governance.config.remote.ConfigServerClient;
import io.governance.config.remote.LastKnownGood;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.config.client.ConfigClientFailFastException;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigServerConfigDataResource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The first content of one service's state: what the server serves, else the
 * last-known-good file, else nothing. An address that gave no answer is not asked again
 * during the start, so that a start costs one time-out at most.
 */
final class RemoteConfigStart {

	/** The name under which the state becomes a bean. */
	private static final String STATE_BEAN = "governanceRemoteConfigState";

	private final ConfigProperties settings;

	private final String[] addresses;

	private final boolean optional;

	private final RemoteConfigState state;

	private ConfigClientProperties properties;

	private @Nullable String unreachable;

	private volatile boolean over;

	RemoteConfigStart(ConfigServerConfigDataResource resource, ConfigProperties settings,
			ConfigurableBootstrapContext bootstrap) {
		this.settings = settings;
		this.properties = resource.getProperties();
		this.addresses = this.properties.getUri();
		this.optional = resource.isOptional();
		this.state = new RemoteConfigState(new ConfigServerClient(this.properties));
		bootstrap.addCloseListener((event) -> {
			this.over = true;
			report(resource.getLog());
			event.getApplicationContext().getBeanFactory().registerSingleton(STATE_BEAN, this.state);
		});
	}

	RemoteConfigState state() {
		return this.state;
	}

	boolean isOver() {
		return this.over;
	}

	boolean isFor(ConfigServerConfigDataResource resource) {
		return Arrays.equals(this.addresses, resource.getProperties().getUri());
	}

	/**
	 * Loads for the given profiles with the settings known by now.
	 */
	void load(ConfigClientProperties known, String profiles) {
		if (!identity(known).equals(identity(this.properties))) {
			this.properties = known;
			this.state.use(new ConfigServerClient(known));
		}
		this.state.retarget(profiles, lastKnownGood(profiles));
		if (this.unreachable != null) {
			fallBack(false, this.unreachable);
			return;
		}
		try {
			RemoteConfig fetched = this.state.client().fetch(profiles);
			this.state.swap(fetched, RemoteConfigStatus.taken(Source.SERVER, fetched));
		}
		catch (ConfigRefusedException ex) {
			fallBack(true, String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			this.unreachable = String.valueOf(ex.getMessage());
			fallBack(false, this.unreachable);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			fallBack(false, "interrupted");
		}
	}

	/**
	 * An import named by an argument or an environment variable is loaded before the
	 * service's own files, so before its name is known. Now it is.
	 */
	void complete(ConfigurableEnvironment environment) {
		ConfigClientProperties complete = Binder.get(environment)
			.bindOrCreate(ConfigClientProperties.PREFIX, ConfigClientProperties.class);
		if (complete.getName() == null || complete.getName().equals(ConfigClientProperties.DEFAULT_APPLICATION)) {
			complete.setName(
					environment.getProperty("spring.application.name", ConfigClientProperties.DEFAULT_APPLICATION));
		}
		complete.setUri(this.properties.getUri());
		if (!identity(complete).equals(identity(this.properties))) {
			load(complete, this.state.profiles());
		}
		boolean required = !this.optional || this.properties.isFailFast();
		if (required && this.state.status().source() == Source.NONE) {
			throw new ConfigClientFailFastException(
					"No configuration from " + this.state.client().addresses() + ": " + this.state.status().fault(),
					null);
		}
	}

	private static List<Object> identity(ConfigClientProperties properties) {
		return Arrays.asList(properties.getName(), properties.getLabel(), properties.getUsername(),
				properties.getPassword(), properties.getToken(), properties.getHeaders());
	}

	private LastKnownGood lastKnownGood(String profiles) {
		Path directory = LastKnownGoodDirectory.of(this.settings.lastKnownGood(), System.getenv());
		ConfigServerClient client = this.state.client();
		// fail-fast means what it says: no server, no start
		return (directory == null || this.properties.isFailFast()) ? LastKnownGood.NONE
				: LastKnownGood.of(directory, client.target(profiles), client.addresses(),
						this.settings.lastKnownGood().maxAge(), TimeSource.system());
	}

	private void fallBack(boolean reached, String reason) {
		LastKnownGood.Saved saved = this.state.lastKnownGood().read();
		RemoteConfig config = (saved != null) ? saved.config() : RemoteConfig.NONE;
		Source source = (saved != null) ? Source.LAST_KNOWN_GOOD : Source.NONE;
		this.state.swap(config, RemoteConfigStatus.taken(source, config).withFault(reached, reason));
	}

	/**
	 * One line for the whole start, however many times Spring Boot asked.
	 */
	private void report(Log log) {
		RemoteConfigStatus status = this.state.status();
		String from = " addresses=" + this.state.client().addresses() + " target="
				+ this.state.client().target(this.state.profiles()) + " revision=" + status.revision();
		if (status.source() == Source.SERVER) {
			log.info("remote config fetched:" + from);
			return;
		}
		String server = status.connected() ? "config server does not serve" : "config server away";
		String outcome = (status.source() == Source.NONE)
				? "starting without remote config, which is taken up when the server is back:"
				: "starting with last-known-good: file=" + this.state.lastKnownGood().file();
		log.warn(server + ", " + outcome + from + " reason=\"" + status.fault() + "\"");
	}

}
