// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What the clients of this process cannot do of what was asked for: one line for each
 * kind of client, when the first one is made.
 */
final class ClientAbilities {

	private static final Log logger = LogFactory.getLog(ClientAbilities.class);

	static final Client APACHE = new Client("Apache", List.of(Setting.HTTP2), List.of(Setting.IDLE_TIMEOUT));

	static final Client JDK = new Client("JDK", List.of(Setting.IDLE_TIMEOUT, Setting.MAX_LIFE), List.of());

	static final Client SIMPLE = new Client("SimpleClientHttpRequestFactory",
			List.of(Setting.IDLE_TIMEOUT, Setting.MAX_LIFE, Setting.HTTP2), List.of(Setting.CONNECT_TIMEOUT));

	private final ConnectionPlan plan;

	private final ConnectionSettings builtIn;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	ClientAbilities(ConnectionPlan plan) {
		this.plan = plan;
		this.builtIn = plan.builtIn();
	}

	static Client unknown(String name) {
		return new Client(name, List.of(Setting.CONNECT_TIMEOUT, Setting.IDLE_TIMEOUT, Setting.MAX_LIFE, Setting.HTTP2),
				List.of());
	}

	void tell(Client client) {
		List<String> none = client.cannot().stream().filter(this::isAskedFor).map(Setting::key).toList();
		List<String> same = client.oneForAll().stream().filter(this::differs).map(Setting::key).toList();
		if ((none.isEmpty() && same.isEmpty()) || !this.told.add(client.name())) {
			return;
		}
		logger.warn("client=" + client.name() + (none.isEmpty() ? "" : " without-effect=" + none)
				+ (same.isEmpty() ? "" : " same-for-all-services=" + same)
				+ " settings=governance.discovery.connection action=\"use another client, or drop the settings\"");
	}

	private boolean isAskedFor(Setting setting) {
		Object builtInValue = setting.value.apply(this.builtIn);
		return this.plan.all()
			.map(setting.value)
			.anyMatch((value) -> !Objects.equals(value, builtInValue) && !Boolean.FALSE.equals(value));
	}

	private boolean differs(Setting setting) {
		return this.plan.all().map(setting.value).distinct().count() > 1;
	}

	/**
	 * A kind of client.
	 *
	 * @param name its name in the log
	 * @param cannot which settings have no effect
	 * @param oneForAll which settings it has once for all services
	 */
	record Client(String name, List<Setting> cannot, List<Setting> oneForAll) {
	}

	/** A setting that not every client has. */
	enum Setting {

		/** The time to connect. */
		CONNECT_TIMEOUT("connect-timeout", ConnectionSettings::connectTimeout),

		/** The time a connection is kept unused. */
		IDLE_TIMEOUT("idle-timeout", ConnectionSettings::idleTimeout),

		/** The time a connection is used at all. */
		MAX_LIFE("max-life", (settings) -> String.valueOf(settings.maxLife())),

		/** The protocol. */
		HTTP2("http2", (settings) -> Boolean.TRUE.equals(settings.http2()));

		private final String key;

		@SuppressWarnings("ImmutableEnumChecker")
		private final Function<ConnectionSettings, Object> value;

		Setting(String key, Function<ConnectionSettings, Object> value) {
			this.key = key;
			this.value = value;
		}

		String key() {
			return this.key;
		}

	}

}
