import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.MemoryBinaryStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.commons.dbcp2.BasicDataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * HAPI FHIR R4 (JPA) at http://127.0.0.1:PORT/fhir, with a database in memory, until its input ends.
 *
 * <p>Arguments: the port, and the most resources on a page.
 */
public final class FhirServer {
    private FhirServer() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("page", arguments[1]);
        RestfulServer fhir = new AnnotationConfigApplicationContext(Wiring.class).getBean(RestfulServer.class);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context root = tomcat.addContext("", null);
        Tomcat.addServlet(root, "fhir", fhir);
        root.addServletMappingDecoded("/fhir/*", "fhir");
        tomcat.start();
        // Whoever started it holds the other end: when that process is gone, however it went, so is this one.
        while (System.in.read() != -1) {}
        System.exit(0);
    }

    @Configuration
    @EnableTransactionManagement
    @Import({
        JpaR4Config.class,
        HapiJpaConfig.class,
        JpaBatch2Config.class,
        Batch2JobsConfig.class,
        ThreadPoolFactoryConfig.class,
        SubscriptionChannelConfig.class
    })
    static class Wiring {
        /** A record as real ones are: references may lead to other servers, and to what is not there. */
        @Bean
        JpaStorageSettings storageSettings() {
            JpaStorageSettings settings = new JpaStorageSettings();
            settings.setEnforceReferentialIntegrityOnWrite(false);
            settings.setAllowExternalReferences(true);
            return settings;
        }

        @Bean
        PartitionSettings partitionSettings() {
            return new PartitionSettings();
        }

        @Bean
        SubscriptionSettings subscriptionSettings() {
            return new SubscriptionSettings();
        }

        @Bean
        IBinaryStorageSvc binaryStorage() {
            return new MemoryBinaryStorageSvcImpl();
        }

        @Bean
        DataSource dataSource() {
            BasicDataSource database = new BasicDataSource();
            database.setDriver(new org.h2.Driver());
            database.setUrl("jdbc:h2:mem:fhir;DB_CLOSE_DELAY=-1");
            database.setMaxTotal(20);
            return database;
        }

        @Primary
        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(
                DataSource database,
                ConfigurableListableBeanFactory beans,
                FhirContext fhir,
                JpaStorageSettings settings) {
            Properties hibernate = new Properties();
            hibernate.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
            hibernate.put("hibernate.hbm2ddl.auto", "update");
            hibernate.put("hibernate.search.enabled", "false");
            LocalContainerEntityManagerFactoryBean factory =
                    HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
            factory.setPersistenceUnitName("fhir");
            factory.setDataSource(database);
            factory.setJpaProperties(hibernate);
            return factory;
        }

        @Primary
        @Bean
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        RestfulServer restfulServer(
                FhirContext fhir,
                ResourceProviderFactory resources,
                IJpaSystemProvider system,
                DatabaseBackedPagingProvider paging) {
            paging.setMaximumPageSize(Integer.getInteger("page"));
            paging.setDefaultPageSize(Integer.getInteger("page"));
            RestfulServer server = new RestfulServer(fhir);
            server.registerProviders(resources.createProviders());
            server.registerProvider(system);
            server.setPagingProvider(paging);
            server.setDefaultResponseEncoding(EncodingEnum.JSON);
            return server;
        }
    }
}
