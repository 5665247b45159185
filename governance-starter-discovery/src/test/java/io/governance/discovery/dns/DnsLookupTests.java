// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.governance.discovery.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DnsLookup}.
 */
class DnsLookupTests {

	private static final DnsServiceName WHERE = new DnsServiceName("orders.example.com", DnsRecords.SRV, 0, false,
			Map.of());

	private final Map<String, Object> answers = new HashMap<>();

	/** In seconds, by question; of a target by its name and SRV. */
	private final Map<String, Long> lifetimes = new HashMap<>();

	/** Whether the addresses come with the answer that names the targets. */
	private boolean addressesComeAlong;

	private final Resolver resolver = mock(Resolver.class);

	private final DnsLookup lookup = lookup();

	@Test
	void aTargetThatDoesNotExistIsOneInstanceLess() {
		targets("here", "gone", "empty");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("gone A", Rcode.NXDOMAIN);
		assertThat(ask().join().instances()).extracting(Instance::host).containsExactly("10.0.0.1");
	}

	@Test
	void withoutAnyTargetThatExistsThereIsNoAnswer() {
		targets("gone");
		this.answers.put("gone A", Rcode.NXDOMAIN);
		assertThat(error()).isInstanceOf(DnsException.class).hasMessage("orders.example.com SRV: no usable record");
	}

	@Test
	void aTargetThatIsNotKnownMayBeThere() {
		targets("here", "silent");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("silent A", Rcode.SERVFAIL);
		assertThat(error()).isInstanceOf(DnsException.class).hasMessageContaining("no answer");
	}

	@ParameterizedTest
	@CsvSource({ "20, 60, 20", "60, 20, 20", "0, 60, 0", "60, 0, 0", "90, 90, 60", "2147483647, 2147483647, 60" })
	void anAnswerLivesAsLongAsTheFirstOfItsRecordsToDie(long target, long address, long seconds) {
		targets("here", "there");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("there A", "10.0.0.2");
		this.lifetimes.putAll(Map.of("here SRV", 60L, "here A", 70L, "there SRV", target, "there A", address));
		assertThat(ask().join().ttlSeconds()).as("asked for").isEqualTo(seconds);
		this.addressesComeAlong = true;
		assertThat(ask().join().ttlSeconds()).as("come along").isEqualTo(seconds);
	}

	@Test
	void whatNamesNoInstanceDoesNotShortenTheLifeOfTheOthers() {
		targets("here", "gone");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("gone A", Rcode.NXDOMAIN);
		this.lifetimes.putAll(Map.of("here SRV", 60L, "here A", 40L, "gone SRV", 10L));
		assertThat(ask().join().ttlSeconds()).isEqualTo(40);
	}

	@Test
	void addressesLiveAsLongAsTheirRecords() {
		this.answers.put("orders A", "10.0.0.1");
		this.lifetimes.put("orders A", 17L);
		DnsServiceName where = new DnsServiceName("orders.example.com", DnsRecords.A, 8080, false, Map.of());
		assertThat(this.lookup.ask("orders", where).join().ttlSeconds()).isEqualTo(17);
	}

	private CompletableFuture<DnsAnswer> ask() {
		return this.lookup.ask("orders", WHERE);
	}

	private Throwable error() {
		return ask().handle((answer, error) -> error.getCause()).join();
	}

	private void targets(String... names) {
		this.answers.put("orders SRV", List.of(names));
	}

	private DnsLookup lookup() {
		given(this.resolver.sendAsync(any(Message.class), any(Executor.class)))
			.willAnswer((call) -> answer(call.getArgument(0)));
		given(this.resolver.sendAsync(any(Message.class))).willAnswer((call) -> answer(call.getArgument(0)));
		return new DnsLookup(this.resolver, Runnable::run);
	}

	private CompletionStage<Message> answer(Message query) throws Exception {
		Record question = query.getQuestion();
		String asked = question.getName().toString().replace(".example.com.", "") + " "
				+ Type.string(question.getType());
		Message message = new Message(query.getHeader().getID());
		message.getHeader().setFlag(Flags.QR);
		message.addRecord(question, Section.QUESTION);
		Object answer = this.answers.get(asked);
		if (answer instanceof Integer code) {
			message.getHeader().setRcode(code);
		}
		else if (answer instanceof String && this.addressesComeAlong) {
			message.getHeader().setRcode(Rcode.REFUSED);
		}
		else if (answer instanceof String address) {
			message.addRecord(address(asked, question.getName(), address), Section.ANSWER);
		}
		else if (answer instanceof List<?> names) {
			for (Object name : names) {
				addTarget(message, question.getName(), String.valueOf(name));
			}
		}
		return CompletableFuture.completedFuture(message);
	}

	private void addTarget(Message message, Name service, String name) throws Exception {
		Name target = Name.fromString(name + ".example.com.");
		message.addRecord(new SRVRecord(service, DClass.IN, lifetime(name + " SRV"), 1, 0, 80, target), Section.ANSWER);
		if (this.addressesComeAlong && this.answers.get(name + " A") instanceof String address) {
			message.addRecord(address(name + " A", target, address), Section.ADDITIONAL);
		}
	}

	private ARecord address(String asked, Name name, String address) throws Exception {
		return new ARecord(name, DClass.IN, lifetime(asked), InetAddress.getByName(address));
	}

	private long lifetime(String asked) {
		return this.lifetimes.getOrDefault(asked, 5L);
	}

}
