// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.embeddedconsul.catalog.CheckDefinition;
import io.governance.embeddedconsul.catalog.ServiceDefinition;
import io.governance.embeddedconsul.catalog.ServiceDefinition.TaggedAddress;
import io.governance.embeddedconsul.catalog.ServiceDefinition.Weights;
import io.governance.embeddedconsul.store.RefusedException;

/**
 * Reads a registration and refuses what makes no sense, in Consul's words.
 *
 * @param service the instance
 * @param checks its checks
 */
record ServiceReader(ServiceDefinition service, List<CheckDefinition> checks) {

	private static final Set<String> FIELDS = Set.of("id", "name", "kind", "tags", "address", "port", "meta",
			"taggedaddresses", "weights", "enabletagoverride", "check", "checks", "connect", "proxy", "token",
			"namespace");

	private static final int LONGEST_META_KEY = 128;

	private static final int LONGEST_META_VALUE = 512;

	private static final int MOST_META_PAIRS = 64;

	private static final Pattern META_KEY = Pattern.compile("[a-zA-Z0-9_-]+");

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

	static ServiceReader read(byte[] body) {
		Fields fields = Fields.read(body, FIELDS);
		String name = fields.text("name");
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing service name");
		}
		for (String mesh : List.of("kind", "proxy", "connect")) {
			if (fields.has(mesh)) {
				throw new RefusedException(400,
						"Invalid Service " + mesh + " (expected: none, the embedded registry has no service mesh)");
			}
		}
		String id = fields.text("id").isEmpty() ? name : fields.text("id");
		String address = fields.text("address");
		int port = fields.number("port", 0);
		ServiceDefinition service = new ServiceDefinition(id, name, fields.texts("tags"), meta(fields), address, port,
				taggedAddresses(fields, address, port), weights(fields), fields.flag("enabletagoverride"));
		return new ServiceReader(service, checks(fields, service));
	}

	private static Map<String, String> meta(Fields fields) {
		Map<String, String> meta = fields.textEntries("meta");
		if (meta.size() > MOST_META_PAIRS) {
			throw new RefusedException(400, "Invalid Service Meta: Node metadata cannot contain more than "
					+ MOST_META_PAIRS + " key/value pairs");
		}
		meta.forEach((key, value) -> {
			if (key.isEmpty()) {
				throw badMeta(key, value, "Key cannot be blank");
			}
			if (!META_KEY.matcher(key).matches()) {
				throw badMeta(key, value, "Key contains invalid characters");
			}
			if (key.length() > LONGEST_META_KEY) {
				throw badMeta(key, value, "Key is too long (limit: " + LONGEST_META_KEY + " characters)");
			}
			if (value.length() > LONGEST_META_VALUE) {
				throw badMeta(key, value, "Value is too long (limit: " + LONGEST_META_VALUE + " characters)");
			}
		});
		return meta;
	}

	private static RefusedException badMeta(String key, String value, String why) {
		return new RefusedException(400,
				"Invalid Service Meta: Couldn't load metadata pair ('" + key + "', '" + value + "'): " + why);
	}

	private static Map<String, TaggedAddress> taggedAddresses(Fields fields, String address, int port) {
		Map<String, TaggedAddress> tagged = new LinkedHashMap<>();
		fields.entries("taggedaddresses").forEach((tag, value) -> {
			Fields each = Fields.object(tag, value, Set.of("address", "port"));
			tagged.put(tag, new TaggedAddress(each.text("address"), each.number("port", 0)));
		});
		String family = IPV4.matcher(address).matches() ? "ipv4" : address.contains(":") ? "ipv6" : null;
		if (family != null) {
			tagged.putIfAbsent("lan_" + family, new TaggedAddress(address, port));
			tagged.putIfAbsent("wan_" + family, new TaggedAddress(address, port));
		}
		return tagged;
	}

	private static Weights weights(Fields fields) {
		Fields weights = fields.object("weights", Set.of("passing", "warning"));
		if (weights == null) {
			return Weights.DEFAULT;
		}
		Weights read = new Weights(weights.number("passing", 0), weights.number("warning", 0));
		if (read.passing() < 1) {
			throw new RefusedException(400, "Invalid Weights: Passing must be greater than 0");
		}
		if (read.warning() < 0) {
			throw new RefusedException(400, "Invalid Weights: Warning must be greater or equal than 0");
		}
		return read;
	}

	private static List<CheckDefinition> checks(Fields fields, ServiceDefinition service) {
		List<Fields> given = new ArrayList<>();
		Fields single = fields.object("check", CheckReader.FIELDS);
		if (single != null) {
			given.add(single);
		}
		given.addAll(fields.objects("checks", CheckReader.FIELDS));
		given.removeIf(Fields::isBlank);
		List<CheckDefinition> checks = new ArrayList<>();
		for (Fields each : given) {
			String number = (given.size() > 1) ? ":" + (checks.size() + 1) : "";
			String id = each.text("checkid").isEmpty() ? "service:" + service.id() + number : each.text("checkid");
			String name = each.text("name").isEmpty() ? "Service '" + service.name() + "' check" : each.text("name");
			checks.add(CheckReader.read(each, id, name, service.id()));
		}
		return checks;
	}

}
