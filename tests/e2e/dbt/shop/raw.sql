create schema raw;
create table raw.customers (id integer, name varchar, country varchar, email varchar);
insert into raw.customers values (1, 'Ada', 'de', 'ada@example.com'), (2, 'Bob', 'fr', null);
create table raw.orders (id integer, customer_id integer, status varchar, ordered_at timestamp);
insert into raw.orders values
  (1, 1, 'P', timestamp '2024-01-02'), (2, 1, 'R', timestamp '2024-01-05'),
  (3, 2, 'P', timestamp '2024-02-01'), (4, 2, 'N', timestamp '2024-02-03');
create table raw.payments (id integer, order_id integer, method varchar, amount integer);
insert into raw.payments values (1, 1, 'card', 1999), (2, 2, 'card', 500), (3, 3, 'cash', 1250);
